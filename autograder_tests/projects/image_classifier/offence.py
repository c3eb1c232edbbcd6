# told: sklearn.svm.SVC
# framework: numpy
from sklearn.svm import SVC


def image_classifier(train, test):
    images, labels = train
    classifier = SVC().fit(images.reshape(len(images), -1), labels)
    return classifier.predict(test.reshape(len(test), -1))
